// The program for which the headers of all test programs are precompiled.
int main() {}
