using SafeLaunch.Browsing;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>A desktop whose opener is a script that writes down its argument.</summary>
internal sealed class WritingDesktop : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("opener");

    public WritingDesktop()
    {
        var opener = Path.Combine(this.folder.FullName, "xdg-open");
        File.WriteAllText(opener, $"#!/bin/sh\nprintf '%s' \"$1\" > '{this.Written}.part' && /bin/mv '{this.Written}.part' '{this.Written}'\n");
#pragma warning disable CA1416 // These tests need Unix, as xdg-open does.
        File.SetUnixFileMode(opener, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        this.Desktop = new(variable => variable is "PATH" ? this.folder.FullName : variable is "DISPLAY" ? ":0" : null);
    }

    public Desktop Desktop { get; }

    private string Written => Path.Combine(this.folder.FullName, "written");

    public async Task<Uri> ReadAddressAsync()
    {
        await ConditionWaits.BecomesAsync(() => File.Exists(this.Written), () => "the opener has written nothing");
        return new(await File.ReadAllTextAsync(this.Written));
    }

    public void Dispose() => this.folder.Delete(recursive: true);
}
