package io.eventpipeline.benchmarks.processes;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * The HTTP ceiling: the same Tomcat as the services', on virtual threads, that reads the body,
 * throws it away and answers. No service on it can be faster. A program of its own; the argument is
 * the port.
 */
final class ReadOnlyEndpoint extends HttpServlet {

    private static final byte[] ANSWER = "{\"stored\":false}".getBytes(StandardCharsets.UTF_8);
    private static final int BUFFER_BYTES = 8 << 10;

    private ReadOnlyEndpoint() {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        InputStream body = request.getInputStream();
        int length = 0;
        while (length >= 0) {
            length = body.read(buffer);
        }
        response.setContentType("application/json");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        Connector connector = new Connector(Http11NioProtocol.class.getName());
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setProperty("address", "127.0.0.1");
        Http11NioProtocol protocol = (Http11NioProtocol) connector.getProtocolHandler();
        protocol.setExecutor(new VirtualThreadExecutor("http-"));
        protocol.setMaxKeepAliveRequests(-1);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "read", new ReadOnlyEndpoint());
        context.addServletMappingDecoded("/*", "read");
        tomcat.start();
        tomcat.getServer().await();
    }
}
