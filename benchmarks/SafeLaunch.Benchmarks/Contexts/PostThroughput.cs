using BenchmarkDotNet.Attributes;

namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>How long one post takes among many, from the first of them until the last has run.</summary>
public class PostThroughput
{
    private const int Posts = 200_000;

    private readonly ManualResetEventSlim allHaveRun = new();
    private readonly ManualResetEventSlim mayRun = new();
    private Contender contender = null!;
    private SendOrPostCallback count = null!;
    private int ran;

    [ParamsAllValues]
    public ContextKind Kind { get; set; }

    [Params(1, 2)]
    public int Producers { get; set; }

    /// <summary>Whether the thread is busy until all is posted, rather than running it meanwhile.</summary>
    [Params(false, true)]
    public bool IsBusy { get; set; }

    [GlobalSetup]
    public void Start()
    {
        this.contender = this.Kind.Start();
        this.count = _ =>
        {
            if (++this.ran == Posts)
            {
                this.allHaveRun.Set();
            }
        };
    }

    [GlobalCleanup]
    public void Stop() => this.contender.Dispose();

    [Benchmark(OperationsPerInvoke = Posts)]
    public void Post()
    {
        this.ran = 0;
        this.allHaveRun.Reset();
        if (this.IsBusy)
        {
            this.mayRun.Reset();
            this.contender.Post(gate => Hold((ManualResetEventSlim)gate!), this.mayRun);
        }

        if (this.Producers == 1)
        {
            this.Produce();
        }
        else
        {
            Parallel.Invoke([.. Enumerable.Repeat(this.Produce, this.Producers)]);
        }

        this.mayRun.Set();
        this.allHaveRun.Wait();
    }

    /// <summary>Held by spinning: a wait would pump.</summary>
    private static void Hold(ManualResetEventSlim gate)
    {
        while (!gate.IsSet)
        {
            Thread.Yield();
        }
    }

    private void Produce()
    {
        for (var i = 0; i < Posts / this.Producers; i++)
        {
            this.contender.Post(this.count, state: null);
        }
    }
}
