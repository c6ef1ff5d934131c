using Microsoft.Playwright;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>The page of the launches, as its reader sees it.</summary>
internal sealed class LaunchesPage(IPage page)
{
    public IPage Page => page;

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    /// <summary>The sentence that says how an action went, which a screen reader speaks.</summary>
    public ILocator Notice => page.GetByRole(AriaRole.Status);

    /// <summary>The warning that the page has no connection to the program.</summary>
    public ILocator Alert => page.GetByRole(AriaRole.Alert);

    public ILocator Card(string launch) => page.GetByRole(AriaRole.Article, new() { Name = launch, Exact = true });

    public ILocator State(string launch) => this.Card(launch).Locator(".state-name");

    public ILocator Log(string launch) => this.Card(launch).GetByLabel($"Log of {launch}");

    public ILocator Button(string action, string launch) => this.Card(launch).GetByRole(AriaRole.Button, new() { Name = $"{action} {launch}", Exact = true });

    /// <summary>Clicks the button and agrees to what will happen.</summary>
    public async Task DoAsync(string action, string launch)
    {
        await this.Button(action, launch).ClickAsync();
        await this.Dialog.GetByRole(AriaRole.Button, new() { Name = $"{action} {launch}", Exact = true }).ClickAsync();
    }
}
