using System.Drawing;
using SafeLaunch;

namespace Desktop;

/// <summary>A window that starts and stops a server. It knows nothing of where the launcher runs the server.</summary>
internal sealed class ServerWindow : Form
{
    private readonly Launcher launcher;
    private readonly Button start = new() { Text = "Start", Dock = DockStyle.Left };
    private readonly Button stop = new() { Text = "Stop", Dock = DockStyle.Right, Enabled = false };
    private readonly Label address = new() { Dock = DockStyle.Top, TextAlign = ContentAlignment.MiddleCenter };
    private LaunchHandle? handle;

    public ServerWindow(Launcher launcher)
    {
        this.launcher = launcher;
        this.Text = "Not started";
        this.ClientSize = new Size(360, 80);
        this.Controls.AddRange([this.start, this.stop, this.address]);
        this.start.Click += this.StartServer;
        this.stop.Click += (_, _) => this.handle?.RequestStop();
        this.FormClosed += (_, _) => this.handle?.Stop();
    }

    // The window goes on while the server starts, serves and stops: each await comes back to the thread of the window.
    // A start that fails throws the exception of the server, of whichever type that is.
    private async void StartServer(object sender, EventArgs e)
    {
        this.start.Enabled = false;
        try
        {
            this.handle = await this.launcher.StartAsync();
            this.stop.Enabled = true;
            this.Text = this.address.Text = this.handle.Address.ToString();
            this.Text = (await this.handle.Completion).ToString();
        }
        catch (Exception exception)
        {
            this.Text = exception.Message;
        }

        this.address.Text = "";
        this.stop.Enabled = false;
        this.start.Enabled = true;
    }
}
