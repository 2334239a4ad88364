package io.tappa.api.cli;

import picocli.CommandLine.IVersionProvider;

/** Tells the version written into the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Tappa.class.getPackage().getImplementationVersion();
        return new String[] {
            "Tappa " + (version == null ? "(from source)" : version), "Java " + System.getProperty("java.version")
        };
    }
}
