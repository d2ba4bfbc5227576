using Xunit.Sdk;
using Xunit.v3;

// Descriptors, memory and the temporary folder are the whole process's, so that nothing else may run in it meanwhile.
[assembly: Parallelization(Mode = ParallelMode.None)]
