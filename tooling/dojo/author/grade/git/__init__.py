"""A stranger's git repository, read without git.

Git trusts a repository's own files: they may name other repositories, programs to run, and pipes
to wait for, and a pack of some kilobytes may unfold to gigabytes. So nothing here starts git in a
handed-in repository. Its refs and objects are read as data, from inside its folder alone, each
object within limits of size, and each is what its name, a hash, says.
"""
