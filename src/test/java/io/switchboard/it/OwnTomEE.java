package io.switchboard.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** TomEE in a child process, with its own base folder; it deploys what is put into {@code webapps}. */
final class OwnTomEE extends OwnServer {
    /**
     * As in the distribution, but for its port, only on loopback, with more connections than 8,192, and looking into
     * {@code webapps} every second.
     */
    private static final String CONFIG = """
            <Server port="-1">
              <Listener className="org.apache.tomee.catalina.ServerListener"/>
              <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
              <Listener className="org.apache.catalina.mbeans.GlobalResourcesLifecycleListener"/>
              <Listener className="org.apache.catalina.core.ThreadLocalLeakPreventionListener"/>
              <Service name="Catalina">
                <Connector address="127.0.0.1" port="%d" protocol="HTTP/1.1" maxConnections="12000"
                           acceptCount="4096"/>
                <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true"/>
                </Engine>
              </Service>
            </Server>
            """;

    private final Path folder;

    private final Path war;

    private OwnTomEE(Setup setup, Path folder, List<String> command) throws IOException {
        super(setup, folder, command);
        war = setup.war();
        this.folder = folder;
    }

    static OwnTomEE start(Setup setup, Path folder) throws IOException {
        copy(setup.home().resolve("conf"), folder.resolve("conf"));
        for (String name : List.of("webapps", "logs", "temp", "work", "apps")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.writeString(folder.resolve("conf").resolve("server.xml"), CONFIG.formatted(setup.port()));

        Path bin = setup.home().resolve("bin");
        List<String> command = setup.java();
        for (String opened : List.of("java.lang", "java.io", "java.util", "java.util.concurrent")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "-cp",
                bin.resolve("bootstrap.jar") + File.pathSeparator + bin.resolve("tomcat-juli.jar"),
                "-Dcatalina.home=" + setup.home(),
                "-Dcatalina.base=" + folder,
                "-Djava.io.tmpdir=" + folder.resolve("temp"),
                "-Djava.util.logging.config.file=" + folder.resolve("conf").resolve("logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        return new OwnTomEE(setup, folder, command);
    }

    @Override
    void beginDeploy() throws IOException {
        // moved, so that it is never seen half written
        Path copy = Files.copy(war, folder.resolve("switchboard.war"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, webapp(".war"));
    }

    @Override
    void beginUndeploy() throws IOException {
        Files.delete(webapp(".war"));
    }

    @Override
    boolean isUndeployed() {
        return super.isUndeployed() && Files.notExists(webapp(""));
    }

    private Path webapp(String suffix) {
        return folder.resolve("webapps").resolve("switchboard" + suffix);
    }
}
