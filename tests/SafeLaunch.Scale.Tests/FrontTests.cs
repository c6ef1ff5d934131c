using System.Globalization;
using Front;

namespace SafeLaunch.Scale.Tests;

/// <summary>A program behind a proxy, which is replaced by a new launch while requests come.</summary>
public sealed class FrontTests
{
    private const int Clients = 8;

    private static readonly int Relaunches = Environment.GetEnvironmentVariable("SAFELAUNCH_ENDURANCE") is "long" ? 200 : 20;

    [Test]
    public async Task No_request_is_lost_while_the_program_behind_a_proxy_is_launched_anew_again_and_again()
    {
        await using var shop = new BlueGreen(Launcher.For(Shop.Run, options => options.UseLoopback()).Supervised());
        await shop.RelaunchAsync().Within();
        await using var front = await Launcher.For(() => ProxyServer.Run(shop), options => options.UseLoopback()).StartAsync().Within();
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => AskUntilAsync(front.Address, end.Token))).ToArray();

        for (var relaunch = 0; relaunch < Relaunches; relaunch++)
        {
            await shop.RelaunchAsync().Within();
        }

        await end.CancelAsync();
        var answers = await Task.WhenAll(clients).Within();

        Assert.That(answers.Sum(answer => answer.Lost), Is.Zero);
        Assert.That(answers.SelectMany(answer => answer.Launches).Distinct().Count(), Is.GreaterThan(1));
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answers.Sum(answer => answer.Answered)} requests, {Relaunches} relaunches"));
    }

    private static async Task<(int Answered, int Lost, HashSet<string> Launches)> AskUntilAsync(Uri address, CancellationToken end)
    {
        using var client = new HttpClient { Timeout = Gate.Patience };
        var (answered, lost, launches) = (0, 0, new HashSet<string>(StringComparer.Ordinal));
        while (!end.IsCancellationRequested)
        {
            using var response = await client.GetAsync(address, CancellationToken.None);
            if (response.IsSuccessStatusCode)
            {
                answered++;
                launches.Add(await response.Content.ReadAsStringAsync(CancellationToken.None));
            }
            else
            {
                lost++;
            }
        }

        return (answered, lost, launches);
    }
}
