using System.Reflection;
using SafeLaunch.Programs;

namespace SafeLaunch.Tests.Programs;

/// <summary>The one entry assembly of the process, which a program may take for a time.</summary>
[NonParallelizable]
public sealed class ProcessEntryTests
{
    private const string OneForGood = "it has one entry assembly for good";

    private static readonly Assembly Program = typeof(CalledProgram.Program).Assembly;

    [Test]
    public void The_entry_assembly_can_be_set_from_NET_9_on()
    {
        Assume.That(Environment.Version.Major, Is.AtLeast(9));

        Assert.That(ProcessEntry.CanBeSet, Is.True);
    }

    [Test]
    [NotOnMono(OneForGood)]
    public void A_program_is_the_entry_assembly_until_its_last_holder_is_disposed_of()
    {
        Assume.That(ProcessEntry.CanBeSet);
        var before = Assembly.GetEntryAssembly();

        // Twice, since the second time begins with what the first has left.
        for (var round = 0; round < 2; round++)
        {
            using (ProcessEntry.Take(Program))
            {
                using (ProcessEntry.Take(Program))
                {
                    Assert.That(Assembly.GetEntryAssembly(), Is.SameAs(Program));
                }

                Assert.That(Assembly.GetEntryAssembly(), Is.SameAs(Program));
            }

            Assert.That(Assembly.GetEntryAssembly(), Is.SameAs(before));
        }
    }

    [Test]
    [NotOnMono(OneForGood)]
    public void Another_program_is_refused_as_the_entry_assembly_while_a_launch_has_set_it()
    {
        Assume.That(ProcessEntry.CanBeSet);
        var other = typeof(ProcessEntryTests).Assembly;
        using (ProcessEntry.Take(Program))
        {
            Assert.That(
                () => ProcessEntry.Take(other),
                Throws.InstanceOf<LaunchException>().With.Message.Contains($"The program '{other.GetName().Name}'").And.Message.Contains("a launch has set it to 'CalledProgram'").And.Message.Contains("SetEntryAssembly"));
        }

        using (ProcessEntry.Take(other))
        {
            Assert.That(Assembly.GetEntryAssembly(), Is.SameAs(other));
        }
    }
}
