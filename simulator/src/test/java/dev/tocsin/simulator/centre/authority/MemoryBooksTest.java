package dev.tocsin.simulator.centre.authority;

class MemoryBooksTest extends AuthorityBooksContract {

    @Override
    protected AuthorityBooks open() {
        return new MemoryBooks();
    }
}
