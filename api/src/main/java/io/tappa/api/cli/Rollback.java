package io.tappa.api.cli;

import io.tappa.api.body.Body;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an earlier version the live one of a running service again. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Makes an earlier version live again on all nodes of a service.",
        footer = {"", "tappa rollback --message \"the voucher was wrong\"", "tappa rollback 12"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is live", "1:the service did not take it", "2:the arguments are wrong"})
final class Rollback implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Number or hash of the version (default: the one that was live before).")
    private @Nullable String to;

    @Option(names = "--message", paramLabel = "TEXT", description = "Why; \"tappa versions\" shows it.")
    private @Nullable String message;

    @Mixin
    private AtService service = new AtService();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var body = Body.create();
        if (to != null) {
            body.put("to", to);
        }
        if (message != null) {
            body.put("message", message);
        }
        var answer = service.client().post(service.path(":rollback"), Body.text(body));
        service.print(answer, Publish::print);
        return 0;
    }
}
