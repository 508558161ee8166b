package io.switchboard.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** WildFly in a child process, with its own base folder; its scanner deploys what marker files tell it to. */
final class OwnWildFly extends OwnServer {
    private static final int DEFAULT_PORT = 8_080;

    private final Path deployments;

    private final Path war;

    private OwnWildFly(Setup setup, Path folder, List<String> command) throws IOException {
        super(setup, folder, command);
        war = setup.war();
        deployments = folder.resolve("deployments");
    }

    static OwnWildFly start(Setup setup, Path folder) throws IOException {
        copy(setup.home().resolve("standalone").resolve("configuration"), folder.resolve("configuration"));
        Files.createDirectories(folder.resolve("deployments"));
        Path file = folder.resolve("configuration").resolve("standalone.xml");
        String config = Files.readString(file);
        // of its own accord the scanner would deploy again what is undeployed the moment its marker appears
        Files.writeString(
                file, config.replace("scan-interval=\"5000\"", "scan-interval=\"200\" auto-deploy-zipped=\"false\""));

        List<String> command = setup.java();
        command.add("-Djava.net.preferIPv4Stack=true");
        for (String opened : List.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.security",
                "java.util",
                "java.util.concurrent")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED");
        command.addAll(List.of(
                "-jar",
                setup.home().resolve("jboss-modules.jar").toString(),
                "-mp",
                setup.home().resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + setup.home(),
                "-Djboss.server.base.dir=" + folder,
                "-Djboss.socket.binding.port-offset=" + (setup.port() - DEFAULT_PORT)));
        return new OwnWildFly(setup, folder, command);
    }

    @Override
    void beginDeploy() throws IOException {
        if (Files.notExists(deployments.resolve("switchboard.war"))) {
            Files.copy(war, deployments.resolve("switchboard.war"));
        }
        Files.createFile(deployments.resolve("switchboard.war.dodeploy"));
    }

    @Override
    void beginUndeploy() throws IOException {
        Path marker = deployments.resolve("switchboard.war.deployed");
        await().until(() -> Files.exists(marker));
        Files.delete(marker);
    }

    @Override
    boolean isUndeployed() {
        return Files.exists(deployments.resolve("switchboard.war.undeployed"));
    }
}
