using Microsoft.Playwright;
using SafeLaunch.Requests;

namespace SafeLaunch;

/// <summary>Browser pages of a <see cref="LaunchedServer"/>.</summary>
public static class PlaywrightServerExtensions
{
    /// <summary>
    /// Opens an empty page for the caller's test, in a browser context that no other test has, and starts the server if it does not run. Paths such as
    /// <c>GotoAsync("/orders")</c> are those of the server. A cookie marks the requests of the page, handshakes of WebSockets among them, as those of the test. Where
    /// the guard of the server requires a token, the page has it.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="browser">The browser. It has to be open until the test has ended: close it after the last test of a fixture.</param>
    /// <param name="options">More about the context, such as the size of the page; null for nothing.</param>
    /// <returns>
    /// A task that ends with the page. Its context is closed with the test. If the test has failed, a screenshot of each page, a trace, the
    /// console of the pages and the last log lines of the server are attached to its result; they are in the folder <c>TestResults</c> beside
    /// the tests.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="server"/> or <paramref name="browser"/> is null.</exception>
    /// <exception cref="LaunchException">The caller is in no test, or the server has no http or https address.</exception>
    /// <exception cref="PlaywrightException">The browser refused.</exception>
    /// <exception cref="Exception">What <see cref="LaunchedServer.StartAsync"/> throws.</exception>
    public static async Task<IPage> NewPageAsync(this LaunchedServer server, IBrowser browser, BrowserNewContextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(browser);
        var test = RunningTest.FindCurrent() is { IsSingleTest: true } current
            ? current
            : throw new LaunchException("A page is opened for a test, which its requests belong to and which closes it, and the caller is in no test. Call NewPageAsync in a test, or in the set-up of each test.");
        var handle = await server.StartAsync().ConfigureAwait(false);
        var context = await browser.NewContextAsync(new(options ?? new()) { BaseURL = options?.BaseURL ?? handle.Address.ToString() }).ConfigureAwait(false);
        var observation = new PageObservation(context, test, server.GetInstance().Output);
        test.AtEnd(observation.EndAsync);

        await context.AddCookiesAsync([new() { Name = TestMark.Name, Value = test.Id, Url = handle.Address.ToString() }]).ConfigureAwait(false);
        if (handle.GetAccessToken() is not null)
        {
            // The answer sets the cookie that stands for the token, in the context of the page.
            await context.APIRequest.GetAsync(handle.GetAccessUri().ToString(), new() { MaxRedirects = 0 }).ConfigureAwait(false);
        }

        await observation.BeginAsync().ConfigureAwait(false);
        return await context.NewPageAsync().ConfigureAwait(false);
    }
}
