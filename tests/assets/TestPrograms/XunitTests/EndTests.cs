using Xunit;

namespace TestPrograms;

/// <summary>A test whose class cannot be made.</summary>
public sealed class FailingConstructorTests
{
    public FailingConstructorTests()
    {
        Report.WriteEnd(RunningTest.FindCurrent()!);
        throw new InvalidOperationException("The shop is closed.");
    }

    [Fact]
    public void A_test_that_is_not_run()
    {
    }
}

/// <summary>A test whose class asks for its server once more when it is disposed of.</summary>
public sealed class DisposingTests : IDisposable
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.Stop).PerTest();

    [Fact]
    public async Task A_test_that_leaves_the_rest_to_its_class()
    {
        await Server.StartAsync();
        Report.Write(Server.Address.ToString());
    }

    public void Dispose() => Report.Write(Server.Start().Address.ToString());
}
