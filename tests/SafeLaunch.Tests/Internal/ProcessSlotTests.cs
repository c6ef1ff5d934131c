using System.Runtime.CompilerServices;

namespace SafeLaunch.Tests.Internal;

public sealed class ProcessSlotTests
{
    /// <summary>A copy of another version looks for them by these names and types.</summary>
    [TestCase("SafeLaunch.CurrentScope", typeof(AsyncLocal<object?>))]
    [TestCase("SafeLaunch.EndOfInput", typeof(AsyncLocal<object?>))]
    [TestCase("SafeLaunch.ReplacedReaders", typeof(List<StrongBox<TextReader>>))]
    public async Task What_the_copies_of_the_library_share_keeps_its_name_and_its_type(string name, Type type)
    {
        await using var handle = await Launcher.For(TestLaunch.UntilStopped).StartAsync().Within();

        Assert.That(AppDomain.CurrentDomain.GetData(name), Is.TypeOf(type));
    }
}
