using System.Net;
using PythonPage;

namespace SafeLaunch.Python.Tests;

/// <summary>
/// A page of FastAPI under uvicorn, inside of this process and as a command. Its lock is made while it is built, inside of this process on the launch
/// thread, and is first used by the first click, on the loop that serves.
/// </summary>
public sealed class PythonPageTests
{
    [Test]
    public async Task A_button_of_Python_works_from_the_first_click_where_the_launch_thread_has_an_event_loop()
    {
        var launcher = Launcher.For(PythonServer.Run);
        for (var launch = 1; launch <= 2; launch++)
        {
            await using var handle = await launcher.StartAsync().Within();

            Assert.That(await ClickAsync(handle), Is.EqualTo((HttpStatusCode.OK, "\"Click 1\"")));
            Assert.That(await ClickAsync(handle), Is.EqualTo((HttpStatusCode.OK, "\"Click 2\"")));
            Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        }
    }

    [Test]
    public async Task The_first_click_on_a_button_of_Python_fails_where_the_launch_thread_has_no_event_loop()
    {
        await using var handle = await Launcher.For(PythonServer.RunWithoutEventLoop).StartAsync().Within();

        Assert.That((await ClickAsync(handle)).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task Two_pages_of_Python_run_side_by_side_on_their_own_launch_threads()
    {
        await using var first = await Launcher.For(PythonServer.Run).StartAsync().Within();
        await using var second = await Launcher.For(PythonServer.Run).StartAsync().Within();

        Assert.That(await ClickAsync(first), Is.EqualTo((HttpStatusCode.OK, "\"Click 1\"")));
        Assert.That(await ClickAsync(second), Is.EqualTo((HttpStatusCode.OK, "\"Click 1\"")));
    }

    [Test]
    public async Task A_button_of_Python_works_from_the_first_click_where_its_page_is_a_command()
    {
        await using var handle = await PythonCommand.CreateLauncher(PythonOfTests.Interpreter).StartAsync().Within();

        Assert.That(await ClickAsync(handle), Is.EqualTo((HttpStatusCode.OK, "\"Click 1\"")));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    private static async Task<(HttpStatusCode Status, string Text)> ClickAsync(LaunchHandle handle)
    {
        using var client = new HttpClient { Timeout = Gate.Patience };
        using var answer = await client.PostAsync(new Uri(handle.Address, "click"), content: null);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
