/** A mutation that cannot be made: what happens then is for the policy to say. */
export class MutationError extends Error {}
