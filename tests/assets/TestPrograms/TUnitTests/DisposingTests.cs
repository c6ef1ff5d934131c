using TUnit.Core;

namespace TestPrograms;

/// <summary>A test whose class asks for its server once more when TUnit disposes of it, which comes after the end of the test.</summary>
public sealed class DisposingTests : IDisposable
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.Stop).PerTest();

    [Test]
    public Task A_test_that_leaves_the_rest_to_its_class() => Server.StartAsync();

    public void Dispose()
    {
        try
        {
            Server.Start();
        }
        catch (LaunchException)
        {
            Report.Write("no server any more");
        }
    }
}
