using System.Globalization;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace SafeLaunch;

/// <summary>
/// The framework of xUnit (version 3), which besides ends each test for the servers that it used: no attribute of version 3 is called after the class
/// of a test has been disposed of, or where it could not be made.
/// </summary>
public sealed class ServerTestFramework : XunitTestFramework
{
    private readonly string? configFileName;

    /// <summary>Initializes the framework. xUnit calls this.</summary>
    public ServerTestFramework()
    {
    }

    /// <summary>Initializes the framework. xUnit calls this.</summary>
    /// <param name="configFileName">The file with the settings of xUnit; null for none.</param>
    public ServerTestFramework(string? configFileName)
        : base(configFileName) => this.configFileName = configFileName;

    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new Executor(new XunitTestAssembly(assembly, this.configFileName, assembly.GetName().Version));
    }

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions,
            CancellationToken cancellationToken)
        {
            // As the base does, for the assertions.
            Set("XUNIT_ASSERT_EQUIVALENT_MAX_DEPTH", executionOptions.AssertEquivalentMaxDepth());
            Set("XUNIT_PRINT_MAX_ENUMERABLE_LENGTH", executionOptions.PrintMaxEnumerableLength());
            Set("XUNIT_PRINT_MAX_OBJECT_DEPTH", executionOptions.PrintMaxObjectDepth());
            Set("XUNIT_PRINT_MAX_OBJECT_MEMBER_COUNT", executionOptions.PrintMaxObjectMemberCount());
            Set("XUNIT_PRINT_MAX_STRING_LENGTH", executionOptions.PrintMaxStringLength());
            await new AssemblyRunner().RunAsync(new(this.TestAssembly, testCases, executionMessageSink, executionOptions, cancellationToken)).ConfigureAwait(false);

            static void Set(string variable, int? value)
            {
                if (value is { } known)
                {
                    Environment.SetEnvironmentVariable(variable, known.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }

    private sealed class AssemblyRunner : XunitTestAssemblyRunner
    {
        public async ValueTask RunAsync(AssemblyContext context)
        {
            await using (context.ConfigureAwait(false))
            {
                await context.InitializeAsync().ConfigureAwait(false);
                await this.Run(context).ConfigureAwait(false);
            }
        }
    }

    private sealed class AssemblyContext(
        IXunitTestAssembly assembly,
        IReadOnlyCollection<IXunitTestCase> testCases,
        IMessageSink results,
        ITestFrameworkExecutionOptions options,
        CancellationToken cancellationToken)
        : XunitTestAssemblyRunnerContext(assembly, testCases, results, options, cancellationToken)
    {
        protected override IMessageBus CreateMessageBus() => new ServerMessageBus(base.CreateMessageBus());
    }
}
