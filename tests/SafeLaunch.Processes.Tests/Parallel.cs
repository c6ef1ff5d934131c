[assembly: Parallelizable(ParallelScope.Fixtures)]
// Most tests wait for a launch to do something, and need no processor for that.
[assembly: LevelOfParallelism(8)]
