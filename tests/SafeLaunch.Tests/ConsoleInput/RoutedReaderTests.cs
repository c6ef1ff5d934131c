using System.Runtime.CompilerServices;
using SafeLaunch.ConsoleInput;

namespace SafeLaunch.Tests.ConsoleInput;

/// <summary>Reads into a buffer.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RoutedReaderTests
{
    private const int Length = 4;

    [TestCase(0, 4, "abcd")]
    [TestCase(1, 3, "-abc")]
    [TestCase(2, 1, "--a-")]
    [TestCase(0, 0, "----")]
    [TestCase(4, 0, "----")]
    public void A_read_fills_its_part_of_the_buffer_and_no_more(int index, int count, string expected)
    {
        var buffer = "----".ToCharArray();

        Assert.That(Reader().Read(buffer, index, count), Is.EqualTo(count));
        Assert.That(new string(buffer), Is.EqualTo(expected));
    }

    [TestCase(-1, 1)]
    [TestCase(0, -1)]
    [TestCase(2, 3)]
    [TestCase(5, 0)]
    public void A_read_beyond_its_buffer_is_refused(int index, int count) =>
        Assert.That(
            () => Reader().Read(new char[Length], index, count),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("count").And.Message.Contains($"buffer of {Length} has no {count} characters from {index} on"));

    [Test]
    public void A_read_without_a_buffer_is_refused() =>
        Assert.That(() => Reader().Read(null!, 0, 0), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("buffer"));

    private static RoutedReader Reader()
    {
        var gate = new object();
        return new(new InputPump(new StrongBox<TextReader>(new StringReader("abcdefgh")), () => gate, () => { }));
    }
}
