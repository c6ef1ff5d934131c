using System.Globalization;

namespace ChildLaunchProgram;

/// <summary>The code of the child processes.</summary>
internal static class Shop
{
    public static void Run()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/process", () => Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        app.Run();
    }

    public static void Fail() => throw new InvalidOperationException("The shop is closed.");
}
