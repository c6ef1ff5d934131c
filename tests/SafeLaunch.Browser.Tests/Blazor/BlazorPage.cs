using Microsoft.Playwright;

namespace SafeLaunch.Browser.Tests.Blazor;

/// <summary>The counter page of the sample, as its visitor sees it.</summary>
internal sealed class BlazorPage(IPage page)
{
    /// <summary>It can only be clicked while the page is interactive.</summary>
    public ILocator Button => page.GetByRole(AriaRole.Button, new() { Name = "Click me", Exact = true });

    public ILocator Count => page.GetByRole(AriaRole.Status);

    /// <summary>What Blazor puts over the page while it has lost its server.</summary>
    public ILocator ReconnectNotice => page.GetByText("Rejoin");

    /// <summary>Shown by Blazor when a handler threw.</summary>
    public ILocator ErrorNotice => page.Locator("#blazor-error-ui");
}
