using BenchmarkDotNet.Attributes;

namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>How long one post takes until it runs, on an idle thread or on a busy thread.</summary>
public class PostLatency
{
    private const int Rounds = 500;
    private const int RestSpins = 200;

    private Contender contender = null!;
    private SendOrPostCallback answer = null!;
    private SendOrPostCallback repost = null!;
    private volatile bool hasRun;
    private volatile bool isOver;

    [ParamsAllValues]
    public ContextKind Kind { get; set; }

    [Params(false, true)]
    public bool IsBusy { get; set; }

    [GlobalSetup]
    public void Start()
    {
        this.contender = this.Kind.Start();
        this.answer = _ => this.hasRun = true;
        this.repost = _ =>
        {
            if (!this.isOver)
            {
                this.contender.Post(this.repost, state: null);
            }
        };
        if (this.IsBusy)
        {
            this.contender.Post(this.repost, state: null);
        }
    }

    [GlobalCleanup]
    public void Stop()
    {
        this.isOver = true;
        this.contender.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Rounds)]
    public void PostAndSeeItRun()
    {
        for (var i = 0; i < Rounds; i++)
        {
            this.hasRun = false;
            this.contender.Post(this.answer, state: null);
            while (!this.hasRun)
            {
                Thread.SpinWait(1);
            }

            // Long enough for a thread without work to rest again.
            Thread.SpinWait(this.IsBusy ? 0 : RestSpins);
        }
    }
}
