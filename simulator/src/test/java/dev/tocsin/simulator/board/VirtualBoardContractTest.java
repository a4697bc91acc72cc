package dev.tocsin.simulator.board;

import dev.tocsin.firmware.board.BoardContract;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The virtual board keeps the contract that Pi4J's keeps. */
class VirtualBoardContractTest extends BoardContract {

    @Override
    protected Pi4jBoard.Desk open(BoardProfile profile, LongSupplier nanoTime, Executor loop) {
        VirtualContacts contacts =
                new VirtualContacts(profile, Duration.ZERO, nanoTime, new SeededEntropy(1), event -> {});
        return new Pi4jBoard.Desk(contacts.open(nanoTime, loop), contacts);
    }
}
