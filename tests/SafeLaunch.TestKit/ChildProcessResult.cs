namespace SafeLaunch.TestKit;

/// <summary>How a program ended that was run to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The lines of its standard output and of its error output.</param>
internal sealed record ChildProcessResult(int ExitCode, string Output);
