"""What the demonstration force adds up to: monthly totals from April 2017 to January 2021.

Each series has a row a financial year (April to March); the last ends in January 2021. Nothing here
is a figure of a board: rates, medians, averages and verdicts come out of the records that these
totals are turned into. Sizes follow what is public about a force of this size; where a comment names
a paragraph, the totals agree with what the board paper of March 2021 says there.
"""
