package io.switchboard.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that are too old are warned about, by what they say of themselves. */
class ContainerFloorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Apache Tomcat (TomEE)/10.0.27 (9.0.0)",
                "Apache Tomcat/10.1.59",
                "Apache Tomcat/11.0.25",
                "WildFly 27.0.1.Final (WildFly Core 19.0.1.Final) - 2.2.18.Final"
            })
    void oldOnesAreWarnedAbout(String serverInfo) {
        assertThat(ContainerFloor.warning(serverInfo))
                .hasValueSatisfying(warning -> assertThat(warning).contains(serverInfo, "older than"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Apache Tomcat/10.1.60",
                "Apache Tomcat/11.0.26",
                "Apache Tomcat/11.1.0",
                "WildFly 39.0.1.Final (WildFly Core 31.0.3.Final) - 2.3.23.Final",
                "Payara Micro",
                "Something/1.0"
            })
    void othersAreNot(String serverInfo) {
        assertThat(ContainerFloor.warning(serverInfo)).isEmpty();
    }
}
