namespace EtlPipeline.Local.CommandLine;

/// <summary>How a command ends.</summary>
internal enum ExitCode
{
    /// <summary>All went well.</summary>
    Success = 0,

    /// <summary>Something could not be done; standard error says what.</summary>
    Failure = 1,

    /// <summary>The command line was not understood, and nothing was begun.</summary>
    Usage = 2,

    /// <summary>Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    Interrupted = 130,
}
