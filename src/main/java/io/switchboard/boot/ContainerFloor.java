package io.switchboard.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The oldest versions of the engines under the containers that have no known hole in their WebSocket part; the reasons stand
 * in {@code docs/containers.md}.
 */
final class ContainerFloor {
    private record Engine(Pattern version, List<Integer> floor, String advice) {}

    private static final List<Engine> ENGINES = List.of(
            new Engine(
                    Pattern.compile("Tomcat.*/(10\\.\\d+\\.\\d+)"),
                    List.of(10, 1, 60),
                    "Tomcat 10.1.60 (CVE-2026-76183)"),
            new Engine(
                    Pattern.compile("Tomcat.*/(11\\.\\d+\\.\\d+)"),
                    List.of(11, 0, 26),
                    "Tomcat 11.0.26 (CVE-2026-76183)"),
            new Engine(
                    Pattern.compile("(?:Undertow|WildFly|JBoss).* - (2\\.\\d+\\.\\d+)"),
                    List.of(2, 2, 19),
                    "Undertow 2.2.19 (UNDERTOW-1934)"));

    private ContainerFloor() {}

    /** What to say about this container, if it is older than it should be. */
    static Optional<String> warning(String serverInfo) {
        return ENGINES.stream()
                .filter(engine -> isBelow(engine, serverInfo))
                .findFirst()
                .map(engine -> "this container (" + serverInfo + ") is older than " + engine.advice()
                        + "; see docs/containers.md");
    }

    private static boolean isBelow(Engine engine, String serverInfo) {
        Matcher matcher = engine.version().matcher(serverInfo);
        return matcher.find() && compare(numbers(matcher.group(1)), engine.floor()) < 0;
    }

    private static List<Integer> numbers(String version) {
        return Arrays.stream(version.split("\\.", -1)).map(Integer::valueOf).toList();
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < b.size(); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
