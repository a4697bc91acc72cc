package dev.tocsin.simulator.centre.evidence;

import dev.tocsin.simulator.centre.HandTime;

final class MemoryEvidenceTest extends EvidenceStoreContract {

    private final MemoryEvidence store = new MemoryEvidence(new HandTime());

    @Override
    protected EvidenceStore store() {
        return store;
    }
}
