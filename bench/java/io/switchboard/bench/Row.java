package io.switchboard.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What one load showed of one server: figures by name, in the order in which they were put. */
final class Row {
    /** Name of the figure that says how many deliveries there were in a second. */
    static final String PER_SECOND = "deliveries/s";

    private final String load;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    Row(String load) {
        this.load = load;
    }

    /** The usual figures of a load with deliveries. */
    static Row of(String load, Generator.Outcome outcome, long cpuMicros) {
        Row row = new Row(load)
                .put("µs/delivery", cpuMicros / (double) outcome.delivered())
                .put("deliveries/CPU s", outcome.delivered() * 1e6 / cpuMicros)
                .put(PER_SECOND, outcome.delivered() / outcome.seconds())
                .put("core %", cpuMicros / outcome.seconds() / 1e4);
        for (int i = 0; i < outcome.micros().length; i++) {
            row.put("p" + (float) Generator.Outcome.PERCENTILES[i] + " ms", outcome.micros()[i] / 1e3);
        }
        return row.put("wrong", outcome.wrong());
    }

    Row put(String name, double value) {
        figures.put(name, value);
        return this;
    }

    String load() {
        return load;
    }

    Map<String, Double> figures() {
        return figures;
    }

    /** A figure with as many digits as it deserves. */
    static String show(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }

    @Override
    public String toString() {
        return load + ": "
                + figures.entrySet().stream()
                        .map(figure -> figure.getKey() + " " + show(figure.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
