namespace SafeLaunch.Runtime.Tests.Processes;

/// <summary>Launches that read the console of a real process.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PressEnterTests
{
    [Test]
    public async Task A_launch_blocked_in_ReadLine_ends_with_the_line()
    {
        using var process = ChildProgram.Start("press-enter");
        await process.ReadAsync("launch reads");

        await process.WriteLineAsync("typed");

        await process.ReadAsync("launch typed");
        await process.ReadAsync("Returned: Its delegate returned.");
        Assert.That(await process.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task A_launch_that_waits_for_a_line_is_stopped_and_the_line_that_comes_then_goes_to_the_process()
    {
        using var process = ChildProgram.Start("stop-before-enter");
        await process.ReadAsync("launch reads");
        await process.ReadAsync("launch at the end");
        await process.ReadAsync("Stopped: It was asked to stop.");

        await process.WriteLineAsync("typed");

        await process.ReadAsync("process typed");
        Assert.That(await process.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task The_end_of_the_standard_input_ends_the_read_of_a_launch()
    {
        using var process = ChildProgram.Start("press-enter");
        await process.ReadAsync("launch reads");

        process.CloseInput();

        await process.ReadAsync("launch at the end");
        await process.ReadAsync("Returned: Its delegate returned.");
        Assert.That(await process.ExitAsync(), Is.Zero);
    }

    [Test]
    public async Task A_launch_goes_on_to_read_when_another_reading_launch_is_stopped()
    {
        using var process = ChildProgram.Start("stop-one-of-two-before-enter");
        await process.ReadAsync("first reads");
        await process.ReadAsync("second reads");

        await process.ReadAsync("first at the end");
        await process.ReadAsync("Stopped: It was asked to stop.");
        await process.WriteLineAsync("for the second");
        await process.ReadAsync("second for the second");
        await process.ReadAsync("Returned: Its delegate returned.");
        await process.WriteLineAsync("more");

        await process.ReadAsync("process more");
        Assert.That(await process.ExitAsync(), Is.Zero);
    }
}
