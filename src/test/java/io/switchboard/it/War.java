package io.switchboard.it;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The built WAR as an archive to deploy, unchanged or with settings and classes added to it. */
public final class War {
    private static final String NAME = "switchboard.war";

    private War() {}

    /** Returns the WAR exactly as the build made it. */
    public static WebArchive asBuilt() {
        return named(NAME);
    }

    /** Returns the WAR under another file name, which is its context path on all containers. */
    public static WebArchive named(String fileName) {
        File built = new File(System.getProperty("war"));
        return ShrinkWrap.create(ZipImporter.class, fileName).importFrom(built).as(WebArchive.class);
    }

    /** Returns the WAR with a {@code switchboard.properties} of these lines. */
    public static WebArchive with(String... settingsLines) {
        return with(List.of(settingsLines));
    }

    /** Returns the WAR with a {@code switchboard.properties} of these settings. */
    public static WebArchive with(Map<String, String> settings) {
        return with(settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList());
    }

    /** Returns the WAR with these settings and with classes of an application beside the module. */
    public static WebArchive with(List<String> settingsLines, Class<?>... classes) {
        WebArchive archive = asBuilt().addClasses(classes);
        if (!settingsLines.isEmpty()) {
            archive.addAsResource(new StringAsset(String.join("\n", settingsLines) + "\n"), "switchboard.properties");
        }
        return archive;
    }
}
