package io.switchboard.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The answer of a server to a handshake, up to its empty line; header names are case-insensitive. */
public record Answer(int status, String statusLine, Map<String, String> headers) {

    static Answer read(DataInputStream in) throws IOException {
        String statusLine = readLine(in);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            headers.merge(line.substring(0, colon), value, (one, two) -> one + ", " + two);
        }
        return new Answer(Integer.parseInt(statusLine.split(" ")[1]), statusLine, headers);
    }

    private static String readLine(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
