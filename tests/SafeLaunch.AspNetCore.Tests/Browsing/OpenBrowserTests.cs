using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using SafeLaunch.Browsing;

namespace SafeLaunch.AspNetCore.Tests.Browsing;

/// <summary>The opener of the desktop is a real program here: a script that writes down its argument.</summary>
[Platform(Exclude = "Win,MacOsX", Reason = "Their desktops have one opener, which is not on the PATH.")]
[UnsupportedOSPlatform("windows")]
public sealed class OpenBrowserTests
{
    private DirectoryInfo folder = null!;
    private LogRecorder log = null!;

    private string Written => Path.Combine(this.folder.FullName, "written");

    [SetUp]
    public void CreateFolder()
    {
        this.folder = Directory.CreateTempSubdirectory("opener");
        this.log = new();
    }

    [TearDown]
    public void DeleteFolder()
    {
        this.log.Dispose();
        this.folder.Delete(recursive: true);
    }

    [TestCase("xdg-open")]
    [TestCase("wslview")]
    public async Task The_opener_on_the_PATH_gets_the_address(string name)
    {
        this.AddOpener("bin", name);
        await using var app = await this.StartAsync(requiresToken: false);

        Assert.That(app.Handle.OpenBrowser("/orders?open=1", DesktopWith(("DISPLAY", ":0"), ("PATH", $"/nowhere:{this.PathOf("bin")}"))), Is.True);
        Assert.That(await this.ReadWrittenAsync(), Is.EqualTo($"{app.Origin}/orders?open=1"));
        Assert.That(this.log.Of(42), Is.Empty);
    }

    [Test]
    public async Task The_address_for_the_browser_opens_the_page_once_and_does_not_have_the_token()
    {
        this.AddOpener("bin", "xdg-open");
        await using var app = await this.StartAsync(requiresToken: true);

        Assert.That(app.Handle.OpenBrowser(path: null, DesktopWith(("WAYLAND_DISPLAY", "wayland-0"), ("PATH", this.PathOf("bin")))), Is.True);
        var address = new Uri(await this.ReadWrittenAsync());
        Assert.That(address.AbsoluteUri, Does.Not.Contain(app.Handle.GetAccessToken()));
        Assert.That(await StatusAsync(address.PathAndQuery), Is.EqualTo(303));
        Assert.That(await StatusAsync(address.PathAndQuery), Is.EqualTo(401));
        Assert.That(await StatusAsync(address.PathAndQuery + "%20"), Is.EqualTo(401), "the used key in another spelling");

        async Task<int> StatusAsync(string path) => (await app.SendAsync($"GET {path} HTTP/1.1", $"Host: {app.Host}")).Status;
    }

    [Test]
    public async Task The_key_for_one_launch_opens_no_other_launch_of_its_launcher()
    {
        var launcher = LauncherOn(port: 0);
        await using var first = await launcher.StartAsync().Within();
        await using var second = await launcher.StartAsync().Within();
        var address = await this.OpenAsync(first);

        Assert.That(await StatusAsync(second.Address, address), Is.EqualTo(401));
        Assert.That(await StatusAsync(first.Address, address), Is.EqualTo(303), "the other launch has not used it up");
    }

    [Test]
    public async Task The_key_for_a_launch_does_not_open_the_next_one_on_its_port()
    {
        var launcher = LauncherOn(TakenPort.ThatIsFreeAgain());
        Uri address;
        await using (var first = await launcher.StartAsync().Within())
        {
            address = await this.OpenAsync(first);
        }

        await using var second = await launcher.StartAsync().Within();

        Assert.That(await StatusAsync(second.Address, address), Is.EqualTo(401));
        Assert.That(await StatusAsync(second.Address, await this.OpenAsync(second)), Is.EqualTo(303));
    }

    [Test]
    public async Task No_browser_is_opened_for_a_launch_that_has_ended_whose_port_another_server_may_have()
    {
        var handle = await LauncherOn(port: 0).StartAsync().Within();
        await handle.StopAsync().Within();
        this.AddOpener("bin", "xdg-open");

        Assert.That(handle.OpenBrowser(path: null, DesktopWith(("DISPLAY", ":0"), ("PATH", this.PathOf("bin")))), Is.False);
        Assert.That(File.Exists(this.Written), Is.False);
    }

    private static IEnumerable<TestCaseData> Obstacles()
    {
        yield return Case("no display", "there is no display");
        yield return Case("CI", "this runs in CI", ("CI", "true"), ("DISPLAY", ":0"));
        yield return Case("the opt-out", "SAFELAUNCH_NO_BROWSER is set", ("SAFELAUNCH_NO_BROWSER", "1"), ("DISPLAY", ":0"));

        static TestCaseData Case(string name, string reason, params (string, string)[] variables) => new TestCaseData(reason, variables).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Obstacles))]
    public async Task No_browser_is_opened_and_the_address_is_logged(string reason, (string, string)[] variables)
    {
        this.AddOpener("bin", "xdg-open");
        await using var app = await this.StartAsync(requiresToken: true);

        Assert.That(app.Handle.OpenBrowser("/orders", DesktopWith([.. variables, ("PATH", this.PathOf("bin"))])), Is.False);
        var line = this.log.Of(42).Single();
        Assert.That(line.Level, Is.EqualTo(LogLevel.Information));
        Assert.That(line.Message, Does.Contain("'guarded'").And.Contain($"{app.Origin}/orders").And.Contain(reason).And.Contain("GetAccessUri"));
        Assert.That(line.Message, Does.Not.Contain("safelaunch-token"));
        Assert.That(File.Exists(this.Written), Is.False);
    }

    [Test]
    public async Task An_opener_in_the_current_directory_is_not_run_also_where_the_PATH_names_it()
    {
        // Beside the tests' own process, whose current directory other tests need.
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, this.PathOf("here"));
        this.AddOpener("here", "xdg-open");
        await using var app = await this.StartAsync(requiresToken: false);

        Assert.That(File.Exists(Path.Combine(relative, "xdg-open")), "it could be found");
        Assert.That(app.Handle.OpenBrowser(path: null, DesktopWith(("DISPLAY", ":0"), ("PATH", $":.:{relative}"))), Is.False);
        Assert.That(this.log.Of(42).Single().Message, Does.Contain("no xdg-open or wslview on the PATH"));
    }

    [Test]
    public async Task The_opener_finds_no_program_in_the_current_directory_either()
    {
        this.AddOpener("bin", "xdg-open", this.Writing("$(pwd -P):$PATH"));
        await using var app = await this.StartAsync(requiresToken: false);

        Assert.That(app.Handle.OpenBrowser(path: null, DesktopWith(("DISPLAY", ":0"), ("PATH", $".::here:/nowhere:{this.PathOf("bin")}:"))), Is.True);
        Assert.That(await this.ReadWrittenAsync(), Is.EqualTo($"/:/nowhere:{this.PathOf("bin")}"));
    }

    [Test]
    public async Task A_file_that_cannot_be_run_is_passed_over()
    {
        this.AddOpener("bin", "xdg-open");
        File.SetUnixFileMode(Path.Combine(this.PathOf("bin"), "xdg-open"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var app = await this.StartAsync(requiresToken: false);

        Assert.That(app.Handle.OpenBrowser(path: null, DesktopWith(("DISPLAY", ":0"), ("PATH", this.PathOf("bin")))), Is.False);
    }

    [Test]
    public async Task An_opener_that_the_system_cannot_start_is_told_in_the_log()
    {
        this.AddOpener("bin", "xdg-open", "#!/no/such/interpreter\n");
        await using var app = await this.StartAsync(requiresToken: false);

        Assert.That(app.Handle.OpenBrowser(path: null, DesktopWith(("DISPLAY", ":0"), ("PATH", this.PathOf("bin")))), Is.False);
        Assert.That(this.log.Of(42).Single().Message, Does.Contain("could not be started"));
    }

    [Test]
    public void A_page_of_another_server_and_a_launch_without_an_address_are_refused()
    {
        using var handle = Launcher.For(launch => launch.SignalReady()).Start();

        Assert.That(() => handle.OpenBrowser(), Throws.InstanceOf<LaunchException>());
        Assert.That(() => ((LaunchHandle)null!).OpenBrowser(), Throws.ArgumentNullException);
    }

    private static Launcher LauncherOn(int port) => Launcher.For(
        () => WebHosts.With().Run(),
        options => options.UseUrls($"http://127.0.0.1:{port}").GuardAccess(guard => guard.RequireToken = true));

    private static async Task<int> StatusAsync(Uri server, Uri address) =>
        (await RawRequest.SendAsync(server, $"GET {address.PathAndQuery} HTTP/1.1", "Host: localhost", "Connection: close")).Status;

    private Task<GuardedApp> StartAsync(bool requiresToken) => GuardedApp.StartAsync(options =>
    {
        options.LoggerFactory = this.log.Factory;
        options.UseLoopback().GuardAccess(guard => guard.RequireToken = requiresToken);
    });

    /// <returns>The address that the browser is opened with.</returns>
    private async Task<Uri> OpenAsync(LaunchHandle handle)
    {
        this.AddOpener("bin", "xdg-open");
        File.Delete(this.Written);
        Assert.That(handle.OpenBrowser(path: null, DesktopWith(("DISPLAY", ":0"), ("PATH", this.PathOf("bin")))), Is.True);
        return new(await this.ReadWrittenAsync());
    }

    private string PathOf(string name) => Path.Combine(this.folder.FullName, name);

    private static Desktop DesktopWith(params (string Name, string Value)[] variables) =>
        new(name => Array.Find(variables, variable => string.Equals(variable.Name, name, StringComparison.Ordinal)).Value);

    private void AddOpener(string folderName, string name, string? script = null)
    {
        var file = Path.Combine(Directory.CreateDirectory(this.PathOf(folderName)).FullName, name);
        File.WriteAllText(file, script ?? this.Writing("$1"));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A script that writes a text. It gets the PATH of a test, on which there is no program.</summary>
    private string Writing(string text) => $"#!/bin/sh\nprintf '%s' \"{text}\" > '{this.Written}.part' && /bin/mv '{this.Written}.part' '{this.Written}'\n";

    private async Task<string> ReadWrittenAsync()
    {
        Assert.That(() => File.Exists(this.Written), Is.True.After((int)Gate.Patience.TotalMilliseconds, 10));
        return await File.ReadAllTextAsync(this.Written);
    }
}
