package io.switchboard.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All rows, as one table for each load: medians over the rounds. */
final class Report {
    private final Map<String, Map<String, List<Row>>> byLoad = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    void add(String peer, Row row) {
        byLoad.computeIfAbsent(row.load(), load -> new LinkedHashMap<>())
                .computeIfAbsent(peer, name -> new ArrayList<>())
                .add(row);
    }

    void failed(String peer, Exception why) {
        failures.add(peer + ": " + why);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        byLoad.forEach((load, peers) -> table(out, load, peers));
        failures.forEach(failure -> out.append("\nFAILED ").append(failure).append('\n'));
        return out.toString();
    }

    private static void table(StringBuilder out, String load, Map<String, List<Row>> peers) {
        Set<String> names = new LinkedHashSet<>();
        peers.values()
                .forEach(rows -> rows.forEach(row -> names.addAll(row.figures().keySet())));
        out.append("\n### ").append(load).append("\n\n| server | ").append(String.join(" | ", names));
        out.append(" | rounds |\n|---|").append("--:|".repeat(names.size() + 1)).append('\n');
        peers.forEach((peer, rows) -> {
            String cells = names.stream().map(name -> cell(rows, name)).collect(Collectors.joining(" | "));
            out.append("| ").append(peer).append(" | ").append(cells).append(" | ");
            out.append(rows.size()).append(" |\n");
        });
    }

    /** The median; of what went wrong, everything. */
    private static String cell(List<Row> rows, String name) {
        List<Double> values = rows.stream()
                .map(row -> row.figures().get(name))
                .filter(value -> value != null)
                .sorted()
                .toList();
        if (values.isEmpty()) {
            return "";
        }
        int middle = values.size() / 2;
        double median = values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
        boolean sum = name.equals("wrong");
        return Row.show(sum ? values.stream().mapToDouble(Double::doubleValue).sum() : median);
    }
}
