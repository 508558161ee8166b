package io.switchboard.it;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Payara Micro in a child process, embedded into {@link PayaraMain} because it can deploy only at its start. */
final class OwnPayara extends OwnServer {
    private final Path war;

    private OwnPayara(Setup setup, Path folder, List<String> command) throws IOException {
        super(setup, folder, command);
        war = setup.war();
    }

    static OwnPayara start(Setup setup, Path folder) throws IOException {
        // this one class alone: the server must not see the tests
        String main = PayaraMain.class.getName();
        Path file = folder.resolve("classes").resolve(main.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        try (InputStream in = PayaraMain.class.getResourceAsStream("PayaraMain.class")) {
            Files.copy(in, file);
        }
        Path jar = setup.home().resolve("payara-micro.jar");
        List<String> command = setup.java();
        try (JarFile opened = new JarFile(jar.toFile())) {
            // which only java -jar would heed
            String packages = opened.getManifest().getMainAttributes().getValue("Add-Opens");
            Stream.of(packages.split(" "))
                    .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
                    .forEach(command::add);
        }
        command.addAll(List.of("-cp", jar + File.pathSeparator + folder.resolve("classes"), main));
        command.addAll(List.of(String.valueOf(setup.port()), String.valueOf(setup.tlsPort())));
        return new OwnPayara(setup, folder, command);
    }

    @Override
    void beginDeploy() throws IOException {
        say("deploy " + war);
    }

    @Override
    void beginUndeploy() throws IOException {
        say("undeploy");
    }
}
