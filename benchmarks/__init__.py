"""What the package costs: requests, round trips, time and memory, in one run and one table (`make bench`).

A part measures one thing and returns tables; it asserts nothing about time. Time is given as a ratio to what an empty
dynamic provider takes in the same run wherever there is one to compare with, for seconds say more about the machine.
"""
