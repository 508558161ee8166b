package io.switchboard.it;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * The main class of {@link OwnPayara}: Payara Micro that deploys and undeploys as its standard input says.
 *
 * <p>Payara's API is called by reflection, because Payara is not on the class path of the tests.
 */
final class PayaraMain {
    private PayaraMain() {}

    /** Ports for HTTP and HTTPS. */
    public static void main(String[] ports) throws ReflectiveOperationException, IOException {
        Class<?> type = Class.forName("fish.payara.micro.PayaraMicro");
        Object micro = type.getMethod("getInstance").invoke(null);
        type.getMethod("setHttpPort", int.class).invoke(micro, Integer.parseInt(ports[0]));
        type.getMethod("setSslPort", int.class).invoke(micro, Integer.parseInt(ports[1]));
        type.getMethod("setNoHazelcast", boolean.class).invoke(micro, true);
        Consumer<Object> loopback = PayaraMain::listenOnLoopback;
        type.getMethod("setPreBootHandler", Consumer.class).invoke(micro, loopback);
        Object runtime = type.getMethod("bootStrap").invoke(micro);
        Class<?> api = Class.forName("fish.payara.micro.PayaraMicroRuntime");

        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("deploy ")) {
                api.getMethod("deploy", File.class).invoke(runtime, new File(line.substring("deploy ".length())));
            } else {
                api.getMethod("undeploy", String.class).invoke(runtime, "switchboard");
            }
        }
    }

    private static void listenOnLoopback(Object runner) {
        try {
            Method run = Class.forName("fish.payara.micro.boot.AdminCommandRunner")
                    .getMethod("run", String.class, String[].class);
            for (String listener : List.of("http-listener", "https-listener")) {
                String setting = "configs.config.server-config.network-config.network-listeners.network-listener."
                        + listener + ".address=127.0.0.1";
                run.invoke(runner, "set", new String[] {setting});
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
