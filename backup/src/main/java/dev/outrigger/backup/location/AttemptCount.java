package dev.outrigger.backup.location;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts how often a request was sent before it was answered, where somebody wants to know: an earlier one may have been heard. */
final class AttemptCount implements ExecutionInterceptor {

    static final ExecutionAttribute<AtomicInteger> SENT = new ExecutionAttribute<>("OutriggerSent");

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        AtomicInteger sent = attributes.getAttribute(SENT);
        if (sent != null) {
            sent.incrementAndGet();
        }
    }
}
