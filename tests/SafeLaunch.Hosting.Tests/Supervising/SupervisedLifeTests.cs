using SafeLaunch.Supervising;
using SafeLaunch.Supervision;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>The table of states of a supervised launch, without a launch.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SupervisedLifeTests
{
    private readonly StagedLife stage = new();

    [TestCase(nameof(StagedLife.Before), true, LaunchState.Starting)]
    [TestCase(nameof(StagedLife.Running), true, LaunchState.Restarting)]
    [TestCase(nameof(StagedLife.Waiting), true, LaunchState.Restarting)]
    [TestCase(nameof(StagedLife.Restarting), true, LaunchState.Restarting)]
    [TestCase(nameof(StagedLife.Ending), false, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Ended), false, LaunchState.Ended)]
    public void A_run_begins_unless_the_launch_ends(string phase, bool begins, LaunchState next) =>
        this.Check(phase, life => life.TryBegin(_ => new StubRun()) is not null, begins, next);

    [TestCase(nameof(StagedLife.Starting), LaunchState.Running)]
    [TestCase(nameof(StagedLife.Running), LaunchState.Running)]
    [TestCase(nameof(StagedLife.Restarting), LaunchState.Running)]
    [TestCase(nameof(StagedLife.Ending), LaunchState.Stopping)]
    public void A_run_that_is_ready_makes_the_launch_running_unless_it_ends(string phase, LaunchState next)
    {
        this.stage.Enter(phase);
        this.stage.Run.Enter(LaunchState.Running, second: 9);

        this.stage.Life.BeReady();

        Assert.That(this.stage.Life.State, Is.EqualTo(next));
    }

    [TestCase(nameof(StagedLife.Starting), false, LaunchState.Starting)]
    [TestCase(nameof(StagedLife.Running), true, LaunchState.Restarting)]
    [TestCase(nameof(StagedLife.Restarting), true, LaunchState.Restarting)]
    [TestCase(nameof(StagedLife.Ending), false, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Ended), false, LaunchState.Ended)]
    public void The_launch_waits_for_a_next_run_if_one_has_been_ready_and_it_does_not_end(string phase, bool waits, LaunchState next) =>
        this.Check(phase, life => life.MayComeBack & life.TryWait(), waits, next);

    [TestCase(nameof(StagedLife.Before), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Starting), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Running), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Waiting), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Restarting), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Ending), false, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Ended), false, LaunchState.Ended)]
    public void The_launch_ends_for_a_cause_unless_it_ends_already(string phase, bool ends, LaunchState next) =>
        this.Check(phase, life => life.TryEnd(StagedLife.Cause), ends, next);

    [TestCase(nameof(StagedLife.Before), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Starting), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Running), false, LaunchState.Running)]
    [TestCase(nameof(StagedLife.Waiting), false, LaunchState.Restarting)]
    [TestCase(nameof(StagedLife.WaitingForAFirstReadyRun), true, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Restarting), false, LaunchState.Restarting)]
    [TestCase(nameof(StagedLife.Ending), false, LaunchState.Stopping)]
    [TestCase(nameof(StagedLife.Ended), false, LaunchState.Ended)]
    public void A_start_is_given_up_only_if_no_run_has_been_ready(string phase, bool ends, LaunchState next) =>
        this.Check(phase, life => life.TryEndStart(StagedLife.Cause), ends, next);

    [TestCase(true, true, false, LaunchState.Restarting)]
    [TestCase(true, false, false, LaunchState.Stopping)]
    [TestCase(false, true, false, LaunchState.Stopping)]
    [TestCase(false, true, true, LaunchState.Restarting)]
    public void A_run_that_ends_makes_the_launch_restarting_if_it_crashes_and_the_launch_comes_back(bool hasBeenReady, bool crashes, bool retriesFirstStart, LaunchState next)
    {
        this.stage.Life = new(retriesFirstStart, []);
        this.stage.Enter(hasBeenReady ? nameof(StagedLife.Running) : nameof(StagedLife.Starting));

        this.stage.Run.Enter(LaunchState.Stopping, second: 9, crashes);

        Assert.That(this.stage.Life.State, Is.EqualTo(next));
    }

    [Test]
    public void The_moment_of_Restarting_is_that_of_the_crash_over_all_runs_until_one_is_ready()
    {
        this.stage.Running();

        this.stage.Run.Enter(LaunchState.Stopping, second: 10, isCrashing: true);
        this.stage.Life.NoteState();
        this.stage.Run.Enter(LaunchState.Ended, second: 20, isCrashing: true);
        this.stage.Life.TryWait();
        this.stage.BeginRun(second: 30);
        this.stage.Run.Enter(LaunchState.Ended, second: 40, isCrashing: true);
        this.stage.Life.TryWait();
        this.stage.BeginRun(second: 50);
        var restarting = this.stage.Life.Since;
        this.stage.Run.Enter(LaunchState.Running, second: 60);
        this.stage.Life.BeReady();

        Assert.That(restarting, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(10)));
        Assert.That(this.stage.Life.Since, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(60)));
    }

    [Test]
    public void A_crash_that_is_seen_only_when_the_launch_waits_has_the_moment_of_the_run()
    {
        this.stage.Running();

        this.stage.Run.Enter(LaunchState.Ended, second: 10, isCrashing: true);
        this.stage.Life.TryWait();

        Assert.That(this.stage.Life.Since, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(10)));
    }

    [Test]
    public void Of_several_causes_the_first_counts()
    {
        this.stage.Ending();

        this.stage.Life.TryEnd(EndCause.Returned("Its delegate returned."));

        Assert.That(this.stage.Life.Cause, Is.SameAs(StagedLife.Cause));
    }

    [Test]
    public void The_next_run_is_given_the_latest_addresses_that_a_run_had()
    {
        Uri[] addresses = [new("http://127.0.0.1:81")];
        List<IReadOnlyList<Uri>> given = [];
        this.stage.Life = new(retriesFirstStart: true, [new("http://127.0.0.1:80")]);

        foreach (var its in new[] { [], addresses, [] })
        {
            this.stage.Life.TryBegin(earlier =>
            {
                given.Add(earlier);
                return new StubRun();
            });
            this.stage.Life.EndRun(new IOException(), its);
        }

        Assert.That(given.Select(earlier => earlier.Single().Port), Is.EqualTo(new[] { 80, 80, 81 }));
    }

    [Test]
    public void The_outcome_can_be_read_once_the_launch_has_ended()
    {
        this.stage.Ended();

        Assert.That(this.stage.Life.Completion.IsCompletedSuccessfully, Is.True);
        Assert.That(this.stage.Life.Completion.Result, Is.SameAs(StagedLife.Outcome));
    }

    private void Check(string phase, Func<SupervisedLife, bool> act, bool result, LaunchState next)
    {
        this.stage.Enter(phase);

        Assert.That(act(this.stage.Life), Is.EqualTo(result));
        Assert.That(this.stage.Life.State, Is.EqualTo(next));
    }
}
