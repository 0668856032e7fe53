package dev.outrigger.health;

/** A check that says what a test last told it to say. */
final class SwitchableCheck implements HealthCheck {

    private volatile HealthCheck answer = HealthResult::healthy;
    private int calls;

    @Override
    public HealthResult check() throws Exception {
        calls++;
        return answer.check();
    }

    int calls() {
        return calls;
    }

    void says(HealthResult result) {
        answer = () -> result;
    }

    void does(HealthCheck check) {
        answer = check;
    }
}
