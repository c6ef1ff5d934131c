namespace SafeLaunch;

/// <summary>A test that TUnit runs.</summary>
internal sealed class TUnitTest(TestContext context) : RunningTest
{
    /// <summary>Each attempt of a test that is tried again is a test, while TUnit keeps the context.</summary>
    public static TUnitTest Of(TestContext context) =>
        context.StateBag.GetOrAdd($"SafeLaunch.{context.Execution.CurrentRetryAttempt}", _ => new TUnitTest(context));

    public override void Attach(string path, string description) => context.Output.AttachArtifact(path, Path.GetFileName(path), description);

    protected override void WriteLine(string line) => context.Output.WriteLine(line);
}
