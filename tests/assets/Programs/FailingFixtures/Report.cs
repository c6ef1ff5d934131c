namespace FailingFixtures;

/// <summary>Tells the tests which run this program that something has come to pass.</summary>
internal static class Report
{
    public static readonly TextWriter Out = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    public static void ServerStopped(LaunchOptions options) =>
        options.OnAppHostStarted((_, host) =>
            ((Microsoft.Extensions.Hosting.IHostApplicationLifetime)host.Services.GetService(typeof(Microsoft.Extensions.Hosting.IHostApplicationLifetime))!)
                .ApplicationStopped.Register(() => Out.WriteLine("the server has stopped")));
}
