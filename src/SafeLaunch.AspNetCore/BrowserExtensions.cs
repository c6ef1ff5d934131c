using SafeLaunch.Browsing;
using SafeLaunch.Guarding;

namespace SafeLaunch;

/// <summary>Shows a launched web server to the user.</summary>
public static class BrowserExtensions
{
    /// <summary>
    /// Opens a page of the launch in the user's browser, by the opener of the desktop (<c>xdg-open</c>, <c>open</c>, the Windows shell). Where
    /// the guard requires a token, the browser gets a one-time key that opens the page of this run of the launch once, within two minutes, since other users
    /// can read the command line of a browser. Does not wait for the browser.
    /// </summary>
    /// <param name="handle">The launch.</param>
    /// <param name="path">The page, such as <c>/orders?open=1</c>; null for the first page.</param>
    /// <returns>
    /// Whether the opener was started. False without a display, in CI (<c>CI</c> or <c>TF_BUILD</c>), with <c>SAFELAUNCH_NO_BROWSER</c>, and
    /// where there is no opener; the launch then logs its address and the reason. False too for a launch that is not <see cref="LaunchState.Running"/>, since
    /// another server may have its port.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> does not stay on the server.</exception>
    /// <exception cref="LaunchException">The launch has no http or https address that a browser can open.</exception>
    public static bool OpenBrowser(this LaunchHandle handle, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.OpenBrowser(path, Desktop.Current);
    }

    internal static bool OpenBrowser(this LaunchHandle handle, string? path, Desktop desktop)
    {
        var token = handle.Part<WebSettings>()?.Token;
        var address = AccessUri.Of(handle, path, token is null ? null : token.OneTimeKeys.Create);

        // Another server may have the port of a launch that has ended, and would be given the one-time key.
        if (handle.State != LaunchState.Running)
        {
            handle.Logger.NotRunning(handle.Name);
            return false;
        }

        if (desktop.TryOpen(address) is not { } obstacle)
        {
            return true;
        }

        handle.Logger.NoBrowser(
            handle.Name,
            AccessUri.Of(handle, path, tokenFor: null),
            obstacle,
            token is null ? "" : " The address needs the token: handle.GetAccessUri() returns it with the token.");
        return false;
    }
}
