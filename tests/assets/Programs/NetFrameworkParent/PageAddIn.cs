using SafeLaunch;

namespace NetFrameworkParent;

/// <summary>The add-in of a program that has no ASP.NET Core. Its page is a separate program, in a child process.</summary>
internal sealed class PageAddIn(string program)
{
    private LaunchHandle page;

    public Uri Open()
    {
        this.page = ChildProcess.ForProgram(
            program,
            options => options.Configuration["Greeting"] = "Hello from .NET",
            child => child.UseLoopback = true).Start();
        return this.page.Address;
    }

    public LaunchOutcome Close() => this.page.Stop();
}
