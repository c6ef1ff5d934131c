using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace SafeLaunch;

/// <summary>
/// The framework of xUnit (version 2), which besides says which test runs and adds the log lines of servers to its output: version 2 has
/// no current test, and an output only for a test that takes an <see cref="ITestOutputHelper"/>.
/// </summary>
/// <param name="messageSink">Where xUnit takes messages about itself.</param>
public sealed class ServerTestFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, this.SourceInformationProvider, this.DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
#pragma warning disable VSTHRD100 // The signature is xUnit's, whose callers wait for the last message.
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new AssemblyRunner(this.TestAssembly, testCases, this.DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync().ConfigureAwait(false);
        }
#pragma warning restore VSTHRD100
    }

    private sealed class AssemblyRunner(
        ITestAssembly assembly,
        IEnumerable<IXunitTestCase> testCases,
        IMessageSink diagnostics,
        IMessageSink results,
        ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, testCases, diagnostics, results, options)
    {
        protected override IMessageBus CreateMessageBus() => new ServerMessageBus(base.CreateMessageBus());
    }
}
