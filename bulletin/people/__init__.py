"""Who may sit at the desk: passwords, second steps, tokens, limits and letters. Pure, but for the secret key's file.

passwords    words -> hash; which words are too easy to guess
totp         a secret and a code -> whether it is the one of this moment
tokens       what links and cookies carry, and what the store keeps of it; one key for each purpose
secretkey    the newsroom's secret, kept in a file where the environment names none
limits       failures -> how long to wait; what is too old
addresses    an email address -> the one way in which we write it
letters      the mails that let somebody choose a password
"""
