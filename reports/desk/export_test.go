package desk

// HeadSize is for tests.
const HeadSize = headSize
