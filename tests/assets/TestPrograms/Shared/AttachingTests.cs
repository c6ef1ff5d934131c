namespace TestPrograms;

/// <summary>A test that fails, to which a file is attached at its end, as SafeLaunch.Playwright attaches the screenshot of a page.</summary>
[TestClass]
public sealed class AttachingTests
{
    [Test]
    public void A_test_that_leaves_a_file_behind()
    {
        var test = RunningTest.FindCurrent()!;
        test.AtEnd(_ => AttachToAsync(test));
        throw new InvalidOperationException("No apples left.");
    }

    private static async Task AttachToAsync(RunningTest test)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "stock.txt");
        await File.WriteAllTextAsync(path, "no apples, seven pears");
        test.Attach(path, "The stock of the shop");
    }
}
