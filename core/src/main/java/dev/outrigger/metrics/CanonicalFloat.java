package dev.outrigger.metrics;

import java.math.BigDecimal;

/**
 * Writes a bucket's bound or a quantile as OpenMetrics wants label values that are numbers: one spelling for each.
 *
 * <p>The spelling is the shortest that reads back equal, always with a point or an exponent, with an exponent below
 * 10<sup>-4</sup> and from 10<sup>6</sup> on ({@code 0.005}, {@code 1.0}, {@code 1e-05}, {@code 2.5e+06}). It is what
 * Go's client and Python's write, so that a series keeps its identity whoever writes it.
 */
final class CanonicalFloat {

    private static final int FIRST_LARGE_EXPONENT = 6;
    private static final int LAST_SMALL_EXPONENT = -5;

    private CanonicalFloat() {}

    static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return "0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= FIRST_LARGE_EXPONENT || exponent <= LAST_SMALL_EXPONENT) {
            return scientific(exact, exponent);
        }
        String plain = exact.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static String scientific(BigDecimal exact, int exponent) {
        String mantissa = exact.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        String digits = Integer.toString(Math.abs(exponent));
        return mantissa + (exponent < 0 ? "e-" : "e+") + (digits.length() < 2 ? "0" : "") + digits;
    }
}
