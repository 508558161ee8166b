package io.switchboard.it;

/** Which container this is, for what they do differently. */
final class Here {
    private static final String CONTAINER = System.getProperty("container");

    private Here() {}

    /** One of three, by container. */
    static <T> T by(T payara, T wildfly, T tomee) {
        return switch (CONTAINER) {
            case "payara" -> payara;
            case "wildfly" -> wildfly;
            default -> tomee;
        };
    }
}
