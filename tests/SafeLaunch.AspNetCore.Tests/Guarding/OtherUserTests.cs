using System.Diagnostics;
using System.Runtime.Versioning;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>A real program of another user of the machine: curl, run as nobody, which only root can do.</summary>
[Platform("Linux", Reason = "Another user is taken on by setpriv.")]
[SupportedOSPlatform("linux")]
public sealed class OtherUserTests
{
    private DirectoryInfo folder = null!;

    private string Socket => Path.Combine(this.folder.FullName, "app.sock");

    [SetUp]
    public void CreateFolderThatAllCanEnter()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv") || !File.Exists("/usr/bin/curl"))
        {
            Tool.OtherUser.Ignore("This needs root, setpriv and curl.");
        }

        this.folder = Directory.CreateTempSubdirectory("other");
        File.SetUnixFileMode(this.folder.FullName, (UnixFileMode)0b111_101_101);
    }

    [TearDown]
    public void DeleteFolder() => this.folder?.Delete(recursive: true);

    [Test]
    public async Task A_program_of_another_user_is_served_without_the_token_only_where_none_is_required()
    {
        await using var open = await GuardedApp.StartAsync();
        await using var closed = await GuardedApp.StartAsync(options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = true));

        Assert.That(await AskAsNobodyAsync(open.Handle.Address.ToString()), Is.EqualTo("200"));
        Assert.That(await AskAsNobodyAsync(closed.Handle.Address.ToString()), Is.EqualTo("401"));
        Assert.That(closed.Served, Is.Zero);
    }

    [Test]
    public async Task A_program_of_another_user_cannot_connect_to_the_Unix_socket()
    {
        await using var app = await GuardedApp.StartAsync(options => options.UseUnixSocket(this.Socket));

        Assert.That(await AskAsNobodyAsync("--unix-socket", this.Socket, "http://localhost/"), Is.EqualTo("000"), "curl has no answer");
        Assert.That(app.Served, Is.Zero);
        File.SetUnixFileMode(this.Socket, (UnixFileMode)0b110_110_110);
        Assert.That(await AskAsNobodyAsync("--unix-socket", this.Socket, "http://localhost/"), Is.EqualTo("200"), "nothing but the mode kept it out");
    }

    /// <returns>The status code.</returns>
    private static async Task<string> AskAsNobodyAsync(params string[] request)
    {
        using var curl = Process.Start(new ProcessStartInfo(
            "/usr/bin/setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/curl", "--silent", "--noproxy", "*", "--max-time", "20", "--output", "/dev/null", "--write-out", "%{http_code}", .. request])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await curl.StandardOutput.ReadToEndAsync().Within();
        await curl.WaitForExitAsync().Within();
        return output;
    }
}
