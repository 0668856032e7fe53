package dev.outrigger.health;

/** A check that says what a test last told it to say. */
public final class SwitchableCheck implements HealthCheck {

    private volatile HealthCheck answer = HealthResult::healthy;
    private int calls;

    @Override
    public HealthResult check() throws Exception {
        calls++;
        return answer.check();
    }

    public int calls() {
        return calls;
    }

    public void says(HealthResult result) {
        answer = () -> result;
    }

    public void does(HealthCheck check) {
        answer = check;
    }
}
